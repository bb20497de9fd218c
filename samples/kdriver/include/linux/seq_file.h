/* SPDX-License-Identifier: Apache-2.0 */
#ifndef _LINUX_SEQ_FILE_H
#define _LINUX_SEQ_FILE_H

#include <linux/fs.h>

struct seq_file {
	char *buf;
	size_t size;
	size_t count;
	void *private;
};

int seq_putc(struct seq_file *m, char c);
int seq_puts(struct seq_file *m, const char *s);
int single_open(struct file *file, int (*show)(struct seq_file *m, void *v), void *data);
int single_release(struct inode *inode, struct file *file);

/* Makes NAME_fops for a NAME_show that is defined elsewhere. */
#define DEFINE_RING_SHOW(__name)                                          \
	extern int __name##_show(struct seq_file *m, void *v);            \
	static int __name##_open(struct inode *inode, struct file *file)  \
	{                                                                 \
		(void)inode;                                              \
		return single_open(file, __name##_show, NULL);            \
	}                                                                 \
	static const struct file_operations __name##_fops = {             \
		.open = __name##_open,                                    \
		.release = single_release,                                \
	}

#endif
