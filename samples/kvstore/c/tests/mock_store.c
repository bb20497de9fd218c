/* SPDX-License-Identifier: Apache-2.0 */
/* Stand-ins for callers that are tested without a real store. Never linked
 * into the library. */
#include "kvstore.h"

size_t kv_count(const kv_store *store)
{
	(void)store;
	return 3;
}

bool kv_contains(const kv_store *store, const char *key)
{
	(void)store;
	return key[0] == 'm';
}
