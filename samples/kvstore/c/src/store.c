/* SPDX-License-Identifier: Apache-2.0 */
#include "internal.h"

#include <stdlib.h>
#include <string.h>

int kv_log_level = 1;
const int kv_max_key_len = 255;

uint32_t kv_abi_version(void)
{
	return 2;
}

int kv_fail(kv_store *store, int status, const char *message)
{
	store->last_error = message;
	if (store->log && kv_log_level > 0)
		store->log(1, message, store->log_user_data);
	return status;
}

kv_store *kv_open_v2(const char *name, size_t buckets)
{
	kv_store *store;

	if (strlen(name) > (size_t)kv_max_key_len)
		return NULL;
	store = calloc(1, sizeof(*store));
	if (!store)
		return NULL;
	store->bucket_count = buckets ? buckets : 16;
	store->buckets = calloc(store->bucket_count, sizeof(*store->buckets));
	store->name = kv_copy_string(name);
	if (!store->buckets || !store->name) {
		kv_close(store);
		return NULL;
	}
	return store;
}

static void clear(kv_store *store)
{
	for (size_t i = 0; store->buckets && i < store->bucket_count; i++) {
		struct kv_entry *entry = store->buckets[i];

		while (entry) {
			struct kv_entry *next = entry->next;

			free(entry->data);
			free(entry);
			entry = next;
		}
		store->buckets[i] = NULL;
	}
	store->count = 0;
}

void kv_close(kv_store *store)
{
	if (!store)
		return;
	clear(store);
	free(store->buckets);
	free(store->label);
	free(store->name);
	free(store);
}

const char *kv_name(const kv_store *store)
{
	return store->name;
}

const char *kv_last_error(const kv_store *store)
{
	return store->last_error;
}

int kv_set_label(kv_store *store, const char *label)
{
	char *copy = NULL;

	if (label) {
		copy = kv_copy_string(label);
		if (!copy)
			return kv_fail(store, KV_NO_MEMORY, "no memory for the label");
	}
	free(store->label);
	store->label = copy;
	return KV_OK;
}

static struct kv_entry **find(const kv_store *store, const char *key)
{
	struct kv_entry **slot = &store->buckets[kv_hash(key) % store->bucket_count];

	while (*slot && strcmp((*slot)->key, key) != 0)
		slot = &(*slot)->next;
	return slot;
}

int kv_put(kv_store *store, const char *key, const void *data, size_t len)
{
	size_t key_len = strlen(key);
	struct kv_entry **slot, *entry;
	uint8_t *copy = NULL;

	if (key_len == 0 || key_len > (size_t)kv_max_key_len)
		return kv_fail(store, KV_INVALID, "bad key length");
	if (len) {
		copy = malloc(len);
		if (!copy)
			return kv_fail(store, KV_NO_MEMORY, "no memory for the value");
		memcpy(copy, data, len);
	}

	slot = find(store, key);
	entry = *slot;
	if (!entry) {
		entry = calloc(1, sizeof(*entry) + key_len + 1);
		if (!entry) {
			free(copy);
			return kv_fail(store, KV_NO_MEMORY, "no memory for the key");
		}
		memcpy(entry->key, key, key_len);
		*slot = entry;
		store->count++;
	}
	free(entry->data);
	entry->data = copy;
	entry->len = len;
	store->stats.puts++;
	return KV_OK;
}

int kv_get(kv_store *store, const char *key, struct kv_value *out)
{
	struct kv_entry *entry = *find(store, key);

	store->stats.gets++;
	if (!entry) {
		store->stats.misses++;
		return KV_NOT_FOUND;
	}
	out->data = entry->data;
	out->len = entry->len;
	return KV_OK;
}

bool kv_contains(const kv_store *store, const char *key)
{
	return *find(store, key) != NULL;
}

int kv_remove(kv_store *store, const char *key)
{
	struct kv_entry **slot = find(store, key);
	struct kv_entry *entry = *slot;

	if (!entry)
		return KV_NOT_FOUND;
	*slot = entry->next;
	free(entry->data);
	free(entry);
	store->count--;
	return KV_OK;
}

size_t kv_count(const kv_store *store)
{
	return store->count;
}

int kv_for_each(const kv_store *store, kv_visit_fn visit, void *user_data)
{
	for (size_t i = 0; i < store->bucket_count; i++) {
		for (struct kv_entry *entry = store->buckets[i]; entry; entry = entry->next) {
			struct kv_value value = { entry->data, entry->len };

			if (visit(entry->key, &value, user_data))
				return KV_STOPPED;
		}
	}
	return KV_OK;
}

void kv_set_logger(kv_store *store, kv_log_fn log, void *user_data)
{
	store->log = log;
	store->log_user_data = user_data;
}
