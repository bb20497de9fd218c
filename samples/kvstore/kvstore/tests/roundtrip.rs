// SPDX-License-Identifier: Apache-2.0
use std::sync::mpsc;

use kvstore::{Error, Store};

#[test]
fn what_is_put_can_be_read_until_removed() {
    let mut store = Store::open("round", 1).unwrap();
    store.put("a", b"one").unwrap();
    store.reserve(30).unwrap();
    assert_eq!(store.get("a").unwrap(), b"one");
    assert!(store.contains(c"a"));
    assert_eq!(store.dump().unwrap(), "a\n");
    store.remove("a").unwrap();
    assert_eq!(store.get("a"), Err(Error::NotFound));
    assert_eq!(store.stats().misses, 1);
}

#[test]
fn failures_reach_the_logger() {
    let (sender, receiver) = mpsc::channel();
    let mut store = Store::open("log", 1).unwrap();
    store.set_logger(Box::new(move |level, message| {
        sender.send((level, message.to_owned())).unwrap();
    }));
    assert_eq!(store.put("", b"x"), Err(Error::Invalid));
    assert_eq!(receiver.recv().unwrap().1.as_c_str(), c"bad key length");
    assert_eq!(store.last_error(), "bad key length");
    assert!(kvstore::is_compatible());
}
