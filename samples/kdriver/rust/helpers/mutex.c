// SPDX-License-Identifier: Apache-2.0

#include <linux/ring.h>

__rust_helper void rust_helper_mutex_lock(struct mutex *lock)
{
	mutex_lock(lock);
}
