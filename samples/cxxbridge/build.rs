// SPDX-License-Identifier: Apache-2.0
fn main() {
    cxx_build::bridge("src/lib.rs").file("src/image.cc").std("c++17").compile("canvas-image");
    println!("cargo:rerun-if-changed=src/image.cc");
    println!("cargo:rerun-if-changed=include/image.h");
}
