checks: effect

A callee that returns null only for a null argument does not do so for an argument that was tested, or is no parameter.

-- src/lib.rs --
extern "C" {
    fn store_name(p: *const Store) -> *const c_char;
    fn store_tested_name(p: *const Store) -> *const c_char;
    fn store_default_name() -> *const c_char;
}
-- c/store.c --
const char *store_name(struct store *p)
{
	if (!p)                                 //~ effect:null-tested-p-of-store_name
		return NULL;                    //~ effect:may-return-null-of-store_name
	return find(p->name);                   //~ effect:reads-through-p-of-store_name effect:reads-through-p-of-store_tested_name-via-store_name
}

const char *store_tested_name(struct store *p)
{
	if (!p)                                 //~ effect:null-tested-p-of-store_tested_name
		abort();                        //~ effect:aborts-abort-of-store_tested_name
	return store_name(p);
}

const char *store_default_name(void)
{
	return store_name(&standard);
}
