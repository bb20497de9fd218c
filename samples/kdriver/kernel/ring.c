// SPDX-License-Identifier: Apache-2.0
#include <linux/err.h>
#include <linux/ring.h>

void *kzalloc(size_t size, gfp_t gfp);
void kfree(const void *ptr);

static struct ring_buffer *rings[4];

struct ring_buffer *ring_alloc(size_t size, gfp_t gfp)
{
	struct ring_buffer *ring = kzalloc(sizeof(*ring), gfp);

	if (!ring)
		return NULL;
	ring->data = kzalloc(size, gfp);
	if (!ring->data) {
		kfree(ring);
		return NULL;
	}
	ring->size = size;
	mutex_init(&ring->lock);
	return ring;
}

void ring_free(struct ring_buffer *ring)
{
	if (!ring)
		return;
	kfree(ring->data);
	kfree(ring);
}

struct ring_buffer *ring_get(unsigned int minor)
{
	if (minor >= 4)
		return ERR_PTR(-EINVAL);
	if (!rings[minor])
		return ERR_PTR(-ENODEV);
	return rings[minor];
}

void ring_put(struct ring_buffer *ring)
{
	(void)ring;
}

int ring_push(struct ring_buffer *ring, u8 byte)
{
	if (!ring_space(ring))
		return -ENOMEM;
	ring->data[ring->head++ % ring->size] = byte;
	ring_trace(ring);
	return 0;
}

int ring_pop(struct ring_buffer *ring, u8 *byte)
{
	if (!ring_used(ring))
		return -EINVAL;
	*byte = ring->data[ring->tail++ % ring->size];
	return 0;
}
