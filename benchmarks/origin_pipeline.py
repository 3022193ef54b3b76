"""Compare our way from file to genre with the origin's: time, memory, start.

    python benchmarks/origin_pipeline.py [--tracks 8] [--seconds 240]

Each pipeline runs in a process of its own on the same synthesised MP3s and one core's worth of
threads. Ours: decode by seeking, log-mel, embedding, classifier (`analysis.workers.hear`). The
origin's: librosa.load of 30 seconds, its 57 features with harmonic-percussive separation,
StandardScaler, Keras predict on its network (untrained: the weights do not change the time). Prints
a Markdown table.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ONE_THREAD = {
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "NUMBA_NUM_THREADS": "1",
    "TF_NUM_INTRAOP_THREADS": "1",
    "TF_NUM_INTEROP_THREADS": "1",
    "TF_CPP_MIN_LOG_LEVEL": "3",
}


def synthesise(path, *, seconds, seed):
    """Write an MP3 of chords over noise, 44.1 kHz stereo, 192 kbit/s."""
    import av
    import numpy as np

    random = np.random.default_rng(seed)
    times_s = np.arange(44_100) / 44_100
    with av.open(str(path), "w") as container:
        stream = container.add_stream("mp3", rate=44_100, layout="stereo", bit_rate=192_000)
        for _ in range(seconds):
            tones = random.choice(220 * 2 ** (np.arange(24) / 12), 3)
            second = sum(np.sin(2 * np.pi * tone * times_s) for tone in tones)
            second = 0.15 * second * np.exp(-4 * (times_s % 0.5)) + random.normal(0, 0.02, 44_100)
            both = np.stack([second, second]).astype(np.float32)
            frame = av.AudioFrame.from_ndarray(both, format="fltp", layout="stereo")
            frame.sample_rate = 44_100
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))


def ours():
    """Return a function from path to genre."""
    from genretagger.analysis.classifier import Model
    from genretagger.analysis.manifest import default_model_folder
    from genretagger.analysis.workers import hear

    model = Model.load(default_model_folder())
    return lambda path: model.classify(hear(path, model=model)).genre


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


def child(pipeline, started_at, paths):
    """Run one pipeline and print what it took as JSON."""
    judge = {"ours": ours, "origin": origin}[pipeline]()
    ready_s = time.time() - started_at
    seconds = []
    for path in paths:
        before = time.process_time()
        judge(path)
        seconds.append(time.process_time() - before)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(json.dumps({"ready_s": ready_s, "seconds": seconds, "peak_mb": peak / 1024}))


def measure(pipeline, paths):
    """Return what `child` printed, run in a new process."""
    command = [sys.executable, __file__, "--child", pipeline, str(time.time()), *map(str, paths)]
    environment = {**os.environ, **ONE_THREAD, "PYTHONPATH": str(Path(__file__).parents[1])}
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, check=True)
    return json.loads(done.stdout)


def main():
    """Measure both and print the table."""
    if sys.argv[1:2] == ["--child"]:
        child(sys.argv[2], float(sys.argv[3]), [Path(path) for path in sys.argv[4:]])
        return
    parser = argparse.ArgumentParser(description="Compare our pipeline with the origin's.")
    parser.add_argument("--tracks", type=int, default=8)
    parser.add_argument("--seconds", type=int, default=240)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder, f"{number}.mp3") for number in range(chosen.tracks)]
        for number, path in enumerate(paths):
            synthesise(path, seconds=chosen.seconds, seed=number)
        rows = {name: measure(name, paths) for name in ("ours", "origin")}
    print(f"{chosen.tracks} MP3s of {chosen.seconds} s; {platform.platform()}, one thread;")
    print(f"Python {platform.python_version()}\n")
    print("| | ours | the origin's |\n|---|---|---|")
    figures = {
        "core seconds per track, median": lambda row: f"{statistics.median(row['seconds']):.2f}",
        "core seconds of the first track": lambda row: f"{row['seconds'][0]:.2f}",
        "start until ready, s": lambda row: f"{row['ready_s']:.2f}",
        "peak memory, MB": lambda row: f"{row['peak_mb']:.0f}",
    }
    for label, figure in figures.items():
        print(f"| {label} | " + " | ".join(figure(row) for row in rows.values()) + " |")


if __name__ == "__main__":
    main()
