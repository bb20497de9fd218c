fn hits(value: Option<T>) {
    value.unwrap(); //~ panic-path
    value.expect("text"); //~ panic-path
    result.unwrap_err(); //~ panic-path
    result.expect_err(&format!("text")); //~ panic-path
    lock.lock().unwrap().field = 1; //~ panic-path
    panic!("text"); //~ panic-path
    std::panic!("text"); //~ panic-path
    core::assert!(n < 4, "text"); //~ panic-path
    assert_eq!(a, b); //~ panic-path
    assert_ne!(a, b); //~ panic-path
    unreachable!(); //~ panic-path
    todo!(); //~ panic-path
    unimplemented!("text"); //~ panic-path
}

fn a_method_of_another_type_looks_the_same(parser: &mut Parser) {
    parser.expect(token); //~ panic-path
}

fn near_misses(value: Option<T>) {
    value.unwrap_or(other);
    value.unwrap_or_else(|| other);
    list[0];
    a / b;
    debug_assert!(n < 4); //~ debug-assert
    parser.expect(token, kind);
    format!("text");
    static_assert!(n < 4);
}
