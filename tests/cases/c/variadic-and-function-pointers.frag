Parameters with parentheses and commas of their own.
checks: link
-- src/lib.rs --
extern "C" {
    fn store_log(level: i32, format: *const i8, ...);       //~ link:c/store.h:1
    fn store_sort(c: Option<extern "C" fn(i32, i32) -> i32>);  //~ link:c/store.h:2
}
-- c/store.h --
void store_log(int level, const char *format, ...) __attribute__((format(printf, 2, 3)));
void store_sort(int (*compare)(int a, int b));
