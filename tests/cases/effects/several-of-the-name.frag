checks: effect

Which of two definitions in other files is called is not known: then nothing is said of the call.

-- src/lib.rs --
extern "C" {
    fn store_close_all(p: *mut Store);
    fn store_close_one(p: *mut Store);
}
-- c/store.c --
void store_close_all(struct store *p)
{
	store_close_one(p);                     //~ effect:passed-on-p-of-store_close_all
}
-- unix/close.c --
void store_close_one(struct store *p)
{
	free(p);                                //~ effect:frees-p-of-store_close_one
}
-- windows/close.c --
void store_close_one(struct store *p)
{
	give_back(p);                           //~ effect:passed-on-p-of-store_close_one
}
