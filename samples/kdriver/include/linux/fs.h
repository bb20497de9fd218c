/* SPDX-License-Identifier: Apache-2.0 */
#ifndef _LINUX_FS_H
#define _LINUX_FS_H

#include <linux/types.h>

struct module;

struct inode {
	unsigned int i_minor;
};

struct file {
	void *private_data;
	const struct file_operations *f_op;
};

struct file_operations {
	struct module *owner;
	int (*open)(struct inode *inode, struct file *file);
	int (*release)(struct inode *inode, struct file *file);
	kernel_ssize_t (*read)(struct file *file, char __user *buf, size_t len, loff_t *pos);
	kernel_ssize_t (*write)(struct file *file, const char __user *buf, size_t len, loff_t *pos);
	u32 (*poll)(struct file *file, void *table);
};

int __must_check register_chrdev(unsigned int major, const char *name,
				 const struct file_operations *fops);
void unregister_chrdev(unsigned int major, const char *name);

unsigned long copy_to_user(void __user *to, const void *from, unsigned long n);
unsigned long copy_from_user(void *to, const void __user *from, unsigned long n);

static inline unsigned int iminor(const struct inode *inode)
{
	return inode->i_minor;
}

#endif
