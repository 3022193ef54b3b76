"""`python -m genretagger.training`: the whole training (see `run_all`).

Worker processes import the main module again; this one loads TensorFlow only when it is run.
"""

if __name__ == "__main__":
    from genretagger.training.run_all import main

    raise SystemExit(main())
