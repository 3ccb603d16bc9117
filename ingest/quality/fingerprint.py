"""Fingerprints of texts, by which near-duplicates are found among many documents.

Method: Broder 1997, "On the resemblance and containment of documents": MinHash over word shingles.
"""

from collections.abc import Iterator, Mapping

from ingest.text.words import words

_PERMUTATIONS = 64
_SHINGLE = 4  # words
_MOST_WORDS = 20_000


def fingerprint(text: str) -> str:
    """MinHash of a text's shingles, as hexadecimal; empty for a text of no words."""
    from datasketch import MinHash

    found = words(text)[:_MOST_WORDS]
    if not found:
        return ""
    width = min(_SHINGLE, len(found))
    shingles = {" ".join(found[i : i + width]).encode() for i in range(len(found) - width + 1)}
    sketch = MinHash(num_perm=_PERMUTATIONS)
    sketch.update_batch(list(shingles))
    return bytes(sketch.hashvalues.astype(">u4").tobytes()).hex()


def similar_pairs(fingerprints: Mapping[str, str], least: float) -> Iterator[tuple[str, str, float]]:
    """Pairs of names whose texts resemble each other, with the estimated Jaccard similarity.

    Args:
        fingerprints: by name.
        least: similarity from which a pair counts, 0 to 1.
    """
    import numpy
    from datasketch import MinHash, MinHashLSH

    index = MinHashLSH(threshold=least, num_perm=_PERMUTATIONS)
    seen: dict[str, MinHash] = {}
    for name, stored in sorted(fingerprints.items()):
        if not stored:
            continue
        values = numpy.frombuffer(bytes.fromhex(stored), dtype=">u4").astype("uint64")
        sketch = MinHash(num_perm=_PERMUTATIONS, hashvalues=values)
        for other in sorted(index.query(sketch)):
            similarity = sketch.jaccard(seen[other])
            if similarity >= least:
                yield other, name, float(similarity)
        index.insert(name, sketch)
        seen[name] = sketch
