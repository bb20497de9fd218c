/* SPDX-License-Identifier: Apache-2.0 */
#ifndef KVSTORE_INTERNAL_H
#define KVSTORE_INTERNAL_H

#include "kvstore.h"

struct kv_entry {
	struct kv_entry *next;
	uint8_t *data;
	size_t len;
	char key[];
};

struct kv_store {
	struct kv_entry **buckets;
	size_t bucket_count;
	size_t count;
	char *name;
	char *label;
	const char *last_error;
	struct kv_stats stats;
	kv_log_fn log;
	void *log_user_data;
};

uint32_t kv_hash(const char *key);
char *kv_copy_string(const char *text);
int kv_rehash(kv_store *store, size_t bucket_count);
int kv_fail(kv_store *store, int status, const char *message);

#endif
