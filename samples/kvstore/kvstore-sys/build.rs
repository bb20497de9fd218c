// SPDX-License-Identifier: Apache-2.0
//! Builds the C library with the system's compiler.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

const SOURCES: [&str; 2] = ["store.c", "maintain.c"];

fn main() {
    let root = Path::new(&env::var("CARGO_MANIFEST_DIR").unwrap()).join("../c");
    let out = PathBuf::from(env::var("OUT_DIR").unwrap());
    let compiler = env::var("CC").unwrap_or_else(|_| "cc".into());

    let mut objects = Vec::new();
    for source in SOURCES {
        let object = out.join(source).with_extension("o");
        run(Command::new(&compiler)
            .args(["-std=c11", "-O2", "-fPIC", "-c"])
            .arg("-I")
            .arg(root.join("include"))
            .arg(root.join("src").join(source))
            .arg("-o")
            .arg(&object));
        objects.push(object);
    }
    run(Command::new("ar")
        .arg("crs")
        .arg(out.join("libkvstore.a"))
        .args(&objects));

    println!("cargo:rustc-link-search=native={}", out.display());
    println!("cargo:rustc-link-lib=static=kvstore");
    println!("cargo:rerun-if-changed={}", root.display());
}

fn run(command: &mut Command) {
    let status = command
        .status()
        .expect("the C tool chain should be installed");
    assert!(status.success(), "{command:?} failed");
}
