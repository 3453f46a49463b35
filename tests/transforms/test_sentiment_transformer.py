"""A transformer in the place of the built-in model: real loading code on a tiny random one."""

import pytest

from transforms.sentiment import company, relation
from transforms.tone.transformer import FOLDER, folder

TEXT, A, B = "Nordbau verklagt Suedholz", [(0, 7)], [(17, 25)]


def test_a_folder_that_is_missing_is_named(monkeypatch, tmp_path):
    monkeypatch.setenv(FOLDER, str(tmp_path / "none"))
    with pytest.raises(FileNotFoundError, match="no such folder; unset it"):
        relation(TEXT, A, B)


def test_without_the_variable_the_built_in_model_answers(monkeypatch):
    monkeypatch.delenv(FOLDER, raising=False)
    assert folder() is None
    assert relation(TEXT, A, B).sentiment == -1


def saved(path, labels):
    """A tiny random classifier, as save_pretrained writes it."""
    pytest.importorskip("torch", reason="optional: the extra 'transformer' brings torch")
    transformers = pytest.importorskip("transformers", reason="optional: the extra 'transformer' brings transformers")
    words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "a", "b", "verklagt", "beziehung", "lage", "von", "und"]
    (path / "vocab.txt").write_text("\n".join(words) + "\n", encoding="utf-8")
    transformers.BertTokenizerFast.from_pretrained(path).save_pretrained(path)
    config = transformers.BertConfig(
        vocab_size=len(words), hidden_size=16, num_hidden_layers=1, num_attention_heads=2, intermediate_size=16
    )
    config.initializer_range = 0.5  # far from even chances
    config.id2label = dict(enumerate(labels))
    config.label2id = {label: number for number, label in enumerate(labels)}
    transformers.set_seed(0)
    transformers.BertForSequenceClassification(config).save_pretrained(path)
    return path


def test_a_transformer_answers_in_its_place(monkeypatch, tmp_path):
    built_in = relation(TEXT, A, B)
    monkeypatch.setenv(FOLDER, str(saved(tmp_path, ["positive", "negative", "neutral"])))
    found, about = relation(TEXT, A, B), company(TEXT, A)
    assert found.sentiment in {-1, 0, 1}
    assert found.score != built_in.score
    assert found == relation(TEXT, A, B)
    assert about.score != found.score  # it is asked something else
    assert found.kind in {"lawsuit", "dispute", "other", "cooperation"}


def test_a_classifier_with_other_labels_is_refused(monkeypatch, tmp_path):
    monkeypatch.setenv(FOLDER, str(saved(tmp_path, ["joy", "anger", "fear"])))
    with pytest.raises(ValueError, match="labels joy, anger, fear; expected three: negative, neutral, positive"):
        relation(TEXT, A, B)
