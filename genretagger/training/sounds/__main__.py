"""`python -m genretagger.training.sounds`: build the folder of sounds (see `build`)."""

from genretagger.training.sounds.build import main

raise SystemExit(main())
