// SPDX-License-Identifier: Apache-2.0

#include <linux/ring.h>

__rust_helper unsigned int rust_helper_iminor(const struct inode *inode)
{
	return iminor(inode);
}

__rust_helper size_t rust_helper_ring_used(const struct ring_buffer *ring)
{
	return ring_used(ring);
}

__rust_helper int rust_helper_ring_space(const struct ring_buffer *ring)
{
	return ring_space(ring);
}
