"""`python -m genretagger.training.student`: distil the student (see `command`).

Worker processes import the main module again; this one loads TensorFlow only when it is run.
"""

if __name__ == "__main__":
    from genretagger.training.student.command import main

    raise SystemExit(main())
