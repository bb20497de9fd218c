One define has another value; others came and went, which have nothing to do with one another.
checks: note
-- build.rs --
fn main() {
    cc::Build::new()
        .define("NEWLINE", Some("10"))   //~ note:build
        .define("LEVEL", Some("1"))
        .file("store.c")
        .compile("store");
}
-- src/lib.rs --
extern "C" { fn store_put(n: u32); }
== after ==
-- build.rs --
fn main() {
    cc::Build::new()
        .define("LEVEL", Some("2"))               //~ note:build
        .define("NEWLINE_DEFAULT", Some("2"))     //~ note:build
        .define("UNIT_WIDTH", Some("8"))          //~ note:build
        .file("store.c")
        .compile("store");
}
-- src/lib.rs --
extern "C" { fn store_put(n: u32); }
