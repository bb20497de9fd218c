A byte order mark before the first line hides nothing.
checks: site problem
-- src/lib.rs --
﻿unsafe fn first() {}                //~ site:unsafe-fn
unsafe fn second() {}              //~ site:unsafe-fn
