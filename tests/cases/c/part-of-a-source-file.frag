A `.inl` file is C, or C++ by what it holds.
checks: link
-- src/lib.rs --
extern "C" {
    fn point_double(r: *mut u32);                   //~ link:c/point.inl:1
}
-- c/point.inl --
void point_double(unsigned r[1])
{
    r[0] *= 2;
}
