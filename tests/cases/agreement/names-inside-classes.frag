A class of C++ has names of its own: they are not what the C declarations mean. A class is no record of C.
checks: verdict
-- src/lib.rs --
#[repr(C)]
pub struct Table { kind: u32, limit: u64 }
#[no_mangle]
pub extern "C" fn store_put(data: *const u8, size: usize, count: index_t, table: &Table) -> usize { 0 }  //~ verdict:agrees
pub type index_t = u64;
-- c/store.h --
typedef unsigned long long index_t;
size_t store_put(const uint8_t *data, size_t size, index_t count, const struct Table *table);
-- c/store.hh --
namespace store {
class Table {
    friend class Store;
public:
    using size_t = uint32_t;
    typedef unsigned index_t;
    uint32_t limit;
};
}
