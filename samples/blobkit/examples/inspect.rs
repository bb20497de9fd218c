// SPDX-License-Identifier: Apache-2.0
use blobkit::Blob;

fn main() {
    let mut blob = Blob::new();
    for argument in std::env::args().skip(1) {
        blob.append(argument.as_bytes());
    }
    let (prefix, words, _) = {
        // SAFETY: every bit pattern is a word.
        unsafe { blob.as_bytes().align_to::<u32>() }
    };
    println!(
        "{} stray bytes, {} words, sum {:08x}",
        prefix.len(),
        words.len(),
        blob.checksum()
    );
}
