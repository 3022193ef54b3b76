"""`python -m genretagger.training.report`: write report, model card and blocks (see `build`)."""

from genretagger.training.report.build import main

raise SystemExit(main())
