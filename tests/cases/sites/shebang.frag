A shebang line is no attribute.
checks: site
-- src/main.rs --
#!/usr/bin/env run-cargo-script
unsafe fn first() {}                                //~ site:unsafe-fn
