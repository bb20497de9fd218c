/* SPDX-License-Identifier: Apache-2.0 */
#include <stdio.h>
#include <string.h>

#include "../include/blobkit.h"
#include "report.h"

int report_chunk(const uint8_t *data, size_t len, void *user_data)
{
	struct report *report = user_data;

	(void)data;
	report->chunks++;
	report->bytes += len;
	return 0;
}

static blob *read_all(const char *path)
{
	uint8_t buffer[4096];
	size_t got;
	FILE *file = fopen(path, "rb");
	blob *all;

	if (!file)
		return NULL;
	all = blob_new();
	while ((got = fread(buffer, 1, sizeof(buffer), file)) > 0) {
		blob *part = blob_from_bytes(buffer, got);

		if (blob_merge(all, part) != 0)
			fprintf(stderr, "%s: lost %zu bytes\n", path, got);
		blob_free(part);
	}
	fclose(file);
	return all;
}

static int has_magic(const blob *b)
{
	return blob_len(b) >= 2 && blob_byte_at(b, 0) == 'B' && blob_byte_at(b, 1) == 'K';
}

int main(int argc, char **argv)
{
	struct report report = { 0, 0 };
	blob *b;

	if (BLOB_FORMAT != 3) {
		fprintf(stderr, "blobkit %s: unknown format\n", blob_version());
		return 2;
	}
	if (argc < 2 || !(b = read_all(argv[1])))
		return 1;

	blob_each_chunk(b, 512, report_chunk, &report);
	blob_seal(b, 0x5eed);
	printf("%zu chunks, %zu bytes, sum %08x%s%s\n", report.chunks, report.bytes,
	       (unsigned)blob_checksum32(b), has_magic(b) ? ", with magic" : "",
	       blob_is_sealed(b) ? ", sealed" : "");
	blob_free(b);
	return 0;
}
