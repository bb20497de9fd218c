// SPDX-License-Identifier: Apache-2.0
/* The old interface of the ring driver, kept for its users. */
#include <linux/ring.h>
#include <linux/seq_file.h>

int debugfs_create(const char *name, const struct file_operations *fops);

DEFINE_RING_SHOW(ring_rust_stats);

static kernel_ssize_t compat_write(struct file *file, const char __user *buf, size_t len,
				   loff_t *pos)
{
	u8 text[64];

	(void)pos;
	if (!ring_rust_owns(file))
		return -1;
	if (len > sizeof(text))
		len = sizeof(text);
	len -= copy_from_user(text, buf, len);
	return ring_rust_log(text, len);
}

static const struct file_operations compat_fops = {
	.write = compat_write,
	.poll = ring_rust_poll,
};

int ring_compat_init(void)
{
	int ret = ring_rust_init();

	if (ret)
		return ret;
	ret = register_chrdev(61, "ring-compat", &compat_fops);
	if (ret)
		goto out;
	return debugfs_create("ring", &ring_rust_stats_fops);
out:
	ring_rust_exit();
	return ret;
}
