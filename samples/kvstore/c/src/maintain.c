/* SPDX-License-Identifier: Apache-2.0 */
#include "internal.h"

#include <stdlib.h>
#include <string.h>

uint32_t kv_hash(const char *key)
{
	uint32_t hash = 2166136261u;

	for (; *key; key++)
		hash = (hash ^ (uint8_t)*key) * 16777619u;
	return hash;
}

char *kv_copy_string(const char *text)
{
	size_t size = strlen(text) + 1;
	char *copy = malloc(size);

	return copy ? memcpy(copy, text, size) : NULL;
}

int kv_rehash(kv_store *store, size_t bucket_count)
{
	struct kv_entry **fresh = calloc(bucket_count, sizeof(*fresh));

	if (!fresh)
		return kv_fail(store, KV_NO_MEMORY, "no memory for the buckets");
	for (size_t i = 0; i < store->bucket_count; i++) {
		struct kv_entry *entry = store->buckets[i];

		while (entry) {
			struct kv_entry *next = entry->next;
			size_t home = kv_hash(entry->key) % bucket_count;

			entry->next = fresh[home];
			fresh[home] = entry;
			entry = next;
		}
	}
	free(store->buckets);
	store->buckets = fresh;
	store->bucket_count = bucket_count;
	return KV_OK;
}

int kv_reserve(kv_store *store, size_t buckets)
{
	if (buckets > SIZE_MAX / sizeof(*store->buckets) - store->bucket_count)
		return kv_fail(store, KV_INVALID, "too many buckets");
	return kv_rehash(store, store->bucket_count + buckets);
}

int kv_compact(kv_store *store, unsigned int flags)
{
	if (!(flags & KV_COMPACT_SHRINK))
		return KV_OK;
	return kv_rehash(store, store->count ? store->count : 1);
}

int kv_stats_read(const kv_store *store, struct kv_stats *out)
{
	*out = store->stats;
	return KV_OK;
}

static int measure(const char *key, const struct kv_value *value, void *user_data)
{
	(void)value;
	*(size_t *)user_data += strlen(key) + 1;
	return 0;
}

static int append(const char *key, const struct kv_value *value, void *user_data)
{
	(void)value;
	strcat(user_data, key);
	strcat(user_data, "\n");
	return 0;
}

char *kv_dump(const kv_store *store)
{
	size_t size = 1;
	char *text;

	kv_for_each(store, measure, &size);
	text = malloc(size);
	if (!text)
		return NULL;
	text[0] = '\0';
	kv_for_each(store, append, text);
	return text;
}

void kv_string_free(char *string)
{
	free(string);
}
