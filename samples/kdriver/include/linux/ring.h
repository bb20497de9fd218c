/* SPDX-License-Identifier: Apache-2.0 */
#ifndef _LINUX_RING_H
#define _LINUX_RING_H

#include <linux/fs.h>

struct mutex {
	long owner;
};

void __mutex_init(struct mutex *lock, const char *name);
#define mutex_init(lock) __mutex_init((lock), #lock)
void mutex_lock_nested(struct mutex *lock, unsigned int subclass);
#define mutex_lock(lock) mutex_lock_nested(lock, 0)
void mutex_unlock(struct mutex *lock);

/* Protected by lock. */
struct ring_buffer {
	struct mutex lock;
	size_t head;
	size_t tail;
	size_t size;
	u8 *data;
};

/* NULL when memory is short. */
struct ring_buffer *ring_alloc(size_t size, gfp_t gfp);
void ring_free(struct ring_buffer *ring);
/* The ring of a minor number with one more reference, or an ERR_PTR. */
struct ring_buffer *ring_get(unsigned int minor);
void ring_put(struct ring_buffer *ring);

int ring_push(struct ring_buffer *ring, u8 byte);
int ring_pop(struct ring_buffer *ring, u8 *byte);

static inline size_t ring_used(const struct ring_buffer *ring)
{
	return ring->head - ring->tail;
}

static inline size_t ring_space(const struct ring_buffer *ring)
{
	return ring->size - ring_used(ring);
}

#ifdef CONFIG_RING_TRACE
void ring_trace(const struct ring_buffer *ring);
#else
static inline void ring_trace(const struct ring_buffer *ring)
{
	(void)ring;
}
#endif

/* Written in Rust: drivers/char/ring_rust.rs */
int ring_rust_init(void);
void ring_rust_exit(void);
int ring_rust_log(const u8 *text, unsigned int len);
u32 ring_rust_poll(struct file *file, void *table);
bool ring_rust_owns(const struct file *file);

#endif
