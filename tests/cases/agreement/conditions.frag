Alternatives under exclusive conditions: the ones that can meet agree.
checks: verdict differs
-- src/lib.rs --
extern "C" {
    #[cfg(not(feature = "wide"))]
    fn store_new(out: *mut *mut u8) -> i32;          //~ verdict:agrees
    #[cfg(feature = "wide")]
    fn store_new(out: *mut *mut u8, n: u32) -> i32;  //~ verdict:agrees
    fn store_parse(s: *const u8) -> i32;             //~ verdict:agrees
    fn store_both(n: u32);                           //~ verdict:breaks differs:width-breaks
}
-- c/store.h --
#ifdef STORE_WIDE
int store_new(unsigned char **out, unsigned int n);
#else
int store_new(unsigned char **out);
#endif
int store_parse(const unsigned char *s
#ifdef STORE_WIDE
    , unsigned int n
#endif
);
#ifdef STORE_A
void store_both(unsigned long long n);
#else
void store_both(long long n);
#endif
