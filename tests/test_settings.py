import settings


def test_empty_is_right():
    assert settings.check("", "", "") == []
    assert settings.edit_template("") is None


def test_right_values():
    assert settings.check("https://example.org/guide/", "https://example.org/org/guide", "help@example.org") == []
    assert settings.check("", "", "https://example.org/contact") == []
    assert settings.contact_link("help@example.org") == "mailto:help@example.org"
    assert settings.edit_template("https://example.org/g/") == "https://example.org/g/edit/main/docs/{path}"


def test_an_address_that_cannot_be_read_is_no_traceback():
    [line] = settings.check("https://[x", "", "")
    assert line.startswith("SITE_URL is 'https://[x'. To mend:")
    assert settings.check("", "", 'https://example.org/"onclick="x') != []


def test_wrong_values_are_told_in_words():
    assert settings.check("example.org", "http://example.org", "call me") == [
        "SITE_URL is 'example.org'. To mend: give an address that begins with https://, or leave it empty.",
        "REPO_URL is 'http://example.org'. To mend: give an address that begins with https://, or leave it empty.",
        "CONTACT is 'call me'. To mend: give an e-mail address or an https:// address, or leave it empty.",
    ]
