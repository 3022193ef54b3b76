"""`python -m genretagger.training`: the whole training (`story`).

A module of its own, so that the processes that hear tracks, which import the main module again, do
not load TensorFlow with it.
"""

if __name__ == "__main__":
    from genretagger.training.run_all import main

    raise SystemExit(main())
