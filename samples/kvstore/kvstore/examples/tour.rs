// SPDX-License-Identifier: Apache-2.0
use kvstore::{Cursor, Store};

fn main() -> Result<(), kvstore::Error> {
    let mut store = Store::open("tour", 8)?;
    store.set_logger(Box::new(|level, message| {
        eprintln!("[{level}] {message:?}")
    }));
    store.put("answer", &42u32.to_le_bytes())?;
    store.for_each(|key, value| {
        println!("{key}: {} bytes", value.len());
        true
    })?;

    let mut cursor = Cursor::new(store, |bytes: &[u8]| {
        // SAFETY: the value above is four bytes long.
        unsafe { bytes.as_ptr().cast::<u32>().read_unaligned() }
    });
    println!("answer = {}", u32::from_le(cursor.read("answer")?));
    Ok(())
}
