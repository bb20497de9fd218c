A macro with its own parameter syntax around plain functions.
checks: site
-- src/lib.rs --
proptest! {
    #![proptest_config(ProptestConfig::with_cases(10))]
    #[test]
    fn reads_back(n in 0..100u32, ref s in "[a-z]*") {
        prop_assert_eq!(unsafe { read(n) }, n);     //~ site:unsafe-block
        unsafe { write(n) };                        //~ site:unsafe-block
    }
}
