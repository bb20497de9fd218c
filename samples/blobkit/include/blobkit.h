/* SPDX-License-Identifier: Apache-2.0 */
#ifndef BLOBKIT_H
#define BLOBKIT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Growable bytes. Made by blob_new or blob_from_bytes, given back to blob_free. */
typedef struct blob blob;

typedef int (*blob_chunk_fn)(const uint8_t *data, size_t len, void *user_data);

extern const uint32_t BLOB_FORMAT;

const char *blob_version(void);

blob *blob_new(void);
/* NULL for NULL data, unless len is 0. */
blob *blob_from_bytes(const uint8_t *data, size_t len);
void blob_free(blob *b);
void blob_clear(blob *b);
void blob_rewind(blob *b);

size_t blob_len(const blob *b);
size_t blob_capacity(const blob *b);
uint32_t blob_checksum32(const blob *b);

/* 0, or -1 if the blob is sealed. */
int blob_append(blob *b, const uint8_t *data, size_t len);
/* Appends the bytes of source to target; 0, or -1 if target is sealed. */
int blob_merge(blob *target, blob *source);

/* The byte at index, or -1 beyond the end. */
int blob_byte_at(const blob *b, size_t index);
bool blob_equal(const blob *left, const blob *right);

/* No change after this. The key is stored with the blob. */
int blob_seal(blob *b, uint32_t key);
int blob_is_sealed(const blob *b);

/* Stops early when the callback returns anything but 0, and returns that. */
int blob_each_chunk(const blob *b, size_t size, blob_chunk_fn callback, void *user_data);

#ifdef __cplusplus
}
#endif

#endif
