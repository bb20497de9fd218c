unsafe fn direct(p: *mut u32, q: *const *const u32) -> u32 {
    *p = 1; //~ raw-deref
    (*p) += 2; //~ raw-deref
    let n = **q; //~ raw-deref
    let field = (*self_ptr).field; //~ raw-deref
    let moved = *p.add(1); //~ raw-deref pointer-arithmetic
    let cast = *(q as *const u32); //~ raw-deref pointer-cast
    n * field
}

fn not_a_dereference(a: i32, b: i32) -> i32 {
    let pointer: *const i32 = std::ptr::null();
    let product = a * b;
    product - -a
}

fn a_reference_looks_the_same(r: &i32) -> i32 {
    *r //~ raw-deref
}
