A function in an ops table against the field that it fills.
checks: verdict differs
-- src/lib.rs --
unsafe extern "C" fn store_open(p: *mut Node, flags: u32) -> i32 { 0 }  //~ verdict:agrees
unsafe extern "C" fn store_read(p: *mut Node) -> i32 { 0 }  //~ verdict:may-break differs:arity-may-break
unsafe extern "C" fn store_size(p: *mut Node) -> u64 { 0 }  //~ verdict:may-break differs:width-may-break
static OPS: bindings::store_operations = bindings::store_operations {
    open: Some(store_open),
    read: Some(store_read),
    size: Some(store_size),
};
-- c/store.h --
struct node;
struct store_operations {
	int (*open)(struct node *p, unsigned int flags);
	int (*read)(struct node *p, unsigned int flags);
	int (*size)(struct node *p);
};
