"""Hear tracks with one program and print what each took: a process of its own for `track`.

    python -P benchmarks/pipelines.py PROGRAM STARTED_AT WARM_UP TRACK...

Runs in the environment of the program that is measured, so nothing but Python's own library is
imported before the program is known. Ours: decode by seeking, log-mel, embedding, classifier
(`analysis.workers.hear`). The origin's: librosa.load of 30 seconds, its 57 features with
harmonic-percussive separation, StandardScaler, Keras predict on its network (untrained: the weights
do not change the time). sonara and Essentia compute features of the whole track and name no genre.
"""

from __future__ import annotations

import json
import resource
import sys
import time

from benchmarks.memory import peak_mb


def ours():
    """Return a function from path to genre."""
    from pathlib import Path

    from genretagger.analysis.classifier import Model
    from genretagger.analysis.manifest import default_model_folder
    from genretagger.analysis.workers import hear

    model = Model.load(default_model_folder())
    return lambda path: model.classify(hear(Path(path), model=model)).genre


def origin():
    """Return a function from path to the number of the genre."""
    import librosa
    import numpy as np
    from sklearn.preprocessing import StandardScaler

    from genretagger.training.baseline import build_network

    model = build_network(57)
    scaler = StandardScaler().fit(np.random.default_rng(0).normal(size=(100, 57)))

    def judge(path):
        samples, rate = librosa.load(path, duration=30)
        harmonic, percussive = librosa.effects.hpss(samples)
        curves = [
            librosa.feature.chroma_stft(y=samples, sr=rate),
            librosa.feature.rms(y=samples),
            librosa.feature.spectral_centroid(y=samples, sr=rate),
            librosa.feature.spectral_bandwidth(y=samples, sr=rate),
            librosa.feature.spectral_rolloff(y=samples, sr=rate),
            librosa.feature.zero_crossing_rate(samples),
            harmonic,
            percussive,
            *librosa.feature.mfcc(y=samples, sr=rate),
        ]
        tempo, _ = librosa.beat.beat_track(y=samples, sr=rate)
        values = [value for curve in curves for value in (curve.mean(), curve.var())]
        row = np.array([[*values, np.squeeze(tempo)]])
        return int(model.predict(scaler.transform(row), verbose=0).argmax())

    return judge


def sonara(mode):
    """Return a function from path to the features of a mode of sonara."""
    import sonara as library

    return lambda path: library.analyze_file(path, mode=mode)


def essentia():
    """Return a function from path to the features of Essentia's MusicExtractor."""
    import essentia as library
    from essentia.standard import MusicExtractor

    library.log.infoActive = False
    library.log.warningActive = False
    return MusicExtractor()


MAKERS = {
    "ours": ours,
    "origin": origin,
    "sonara-compact": lambda: sonara("compact"),
    "sonara-playlist": lambda: sonara("playlist"),
    "sonara-full": lambda: sonara("full"),
    "essentia": essentia,
}


def cpu_s():
    """Return the processor time of this process and of the children that it waited for."""
    usages = map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


def seconds_of(judge, path):
    """Return the processor time that a track takes, or the sentence why it cannot be judged."""
    before = cpu_s()
    try:
        judge(path)
    except Exception as error:  # noqa: BLE001 - each program has errors of its own
        return f"cannot open it ({type(error).__name__})"
    return cpu_s() - before


def main():
    """Run one program and print what it took as JSON."""
    program, started_at, warm_up, *paths = sys.argv[1:]
    judge = MAKERS[program]()
    ready_s = time.time() - float(started_at)
    first = seconds_of(judge, warm_up)
    seconds = [seconds_of(judge, path) for path in paths]
    record = {"ready_s": ready_s, "first": first, "seconds": seconds, "peak_mb": peak_mb()}
    print(json.dumps(record))


if __name__ == "__main__":
    main()
