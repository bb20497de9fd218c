/* SPDX-License-Identifier: Apache-2.0 */
#ifndef KVSTORE_H
#define KVSTORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* An in-memory map from C strings to byte strings. Not synchronised. */
typedef struct kv_store kv_store;

enum kv_status {
	KV_OK = 0,
	KV_NOT_FOUND = 1,
	KV_NO_MEMORY = 2,
	KV_INVALID = 3,
	KV_STOPPED = 4,
};

/* A view of a stored value. It lives until the next change of the store.
 * An empty value has no storage: data is NULL and len is 0. */
struct kv_value {
	const uint8_t *data;
	size_t len;
};

struct kv_stats {
	uint64_t gets;
	uint64_t puts;
	uint64_t misses;
};

#define KV_COMPACT_SHRINK 0x1u

/* Return 0 to go on, anything else to stop. */
typedef int (*kv_visit_fn)(const char *key, const struct kv_value *value,
			   void *user_data);
typedef void (*kv_log_fn)(int level, const char *message, void *user_data);

/* Messages above this level are dropped. May be changed at any time. */
extern int kv_log_level;
extern const int kv_max_key_len;

uint32_t kv_abi_version(void);

/* Returns NULL when memory is short or the name is too long. */
kv_store *kv_open_v2(const char *name, size_t buckets);
void kv_close(kv_store *store);

/* Never NULL; lives as long as the store. */
const char *kv_name(const kv_store *store);
/* The message of the last failure, NULL if nothing has failed yet. */
const char *kv_last_error(const kv_store *store);
/* The store copies the label; NULL takes it away. */
int kv_set_label(kv_store *store, const char *label);

int kv_put(kv_store *store, const char *key, const void *data, size_t len);
int kv_get(kv_store *store, const char *key, struct kv_value *out);
int kv_remove(kv_store *store, const char *key);
size_t kv_count(const kv_store *store);
bool kv_contains(const kv_store *store, const char *key);

/* Makes room for that many more buckets. */
int kv_reserve(kv_store *store, size_t buckets);
int kv_compact(kv_store *store, unsigned int flags);

int kv_for_each(const kv_store *store, kv_visit_fn visit, void *user_data);
/* The store keeps user_data until the next call or kv_close. */
void kv_set_logger(kv_store *store, kv_log_fn log, void *user_data);

int kv_stats_read(const kv_store *store, struct kv_stats *out);

/* All keys, one a line, in memory of the C heap: give it to kv_string_free. */
char *kv_dump(const kv_store *store);
void kv_string_free(char *string);

static inline bool kv_is_empty(const kv_store *store)
{
	return kv_count(store) == 0;
}

#ifdef __cplusplus
}
#endif

#endif
