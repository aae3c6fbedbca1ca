using SegFunctions.Learning.Explanation;

namespace SegFunctions.Customers.Identity.Comparing;

/// <summary>The outcomes of each kind of comparison, with where learning starts from.</summary>
internal static class Levels
{
    private static readonly ComparisonLevel Silent = new("missing", 0, 0, ByFrequency: false, new Bilingual("missing in a record", "absent d'une fiche"));

    public static ComparisonLevel[] Given { get; } =
    [
        Silent,
        Level("exact", 0.75, 0, "the same", "identique", byFrequency: true),
        Level("nickname", 0.04, 0, "a form of the same name", "une forme du même nom"),
        Level("typo", 0.08, 0, "a letter or two apart", "à une ou deux lettres près"),
        Level("similar", 0.03, 0, "alike in writing or sound", "proche à l'écrit ou à l'oreille"),
        Level("initial", 0.02, 0, "an initial of the same", "initiale du même"),
        Level("short", 0.02, 0, "short for the same", "abrégé du même"),
        Level("swapped", 0.015, 0, "given and family name exchanged", "prénom et nom intervertis", byFrequency: true) with { IsManner = true },
        Level("swappedAlike", 0.005, 0, "given and family name exchanged, with a slip", "prénom et nom intervertis, à une faute près"),
        Level("differs", 0.05, 0, "different", "différent") with { LeastOfOne = 0.02, MostOfOne = 0.04 },
    ];

    public static ComparisonLevel[] Family { get; } =
    [
        Silent,
        Level("exact", 0.8, 0.85, "the same", "identique", byFrequency: true),
        Level("typo", 0.1, 0.02, "a letter or two apart", "à une ou deux lettres près"),
        Level("similar", 0.03, 0.01, "alike in writing or sound", "proche à l'écrit ou à l'oreille"),
        Level("contained", 0.02, 0.02, "one is part of the other", "l'un fait partie de l'autre"),
        Level("differs", 0.05, 0.1, "different", "différent"),
    ];

    public static ComparisonLevel[] BirthDate { get; } =
    [
        Silent,
        Level("exact", 0.85, 0, "the same", "identique", byFrequency: true),
        Level("dayMonthSwapped", 0.01, 0, "day and month exchanged", "jour et mois intervertis"),
        Level("typo", 0.05, 0, "one digit apart", "à un chiffre près"),
        Level("twoParts", 0.03, 0, "two of day, month and year the same", "deux éléments sur trois identiques"),
        Level("year", 0.02, 0, "the same year", "même année") with { MostOfOne = 0.25 },
        Level("differs", 0.04, 0, "different", "différent") with { MostOfOne = 0.08 },
    ];

    public static ComparisonLevel[] Home { get; } =
    [
        Silent,
        Level("sameHome", 0.62, 0.85, "the same home", "même domicile", byFrequency: true) with { Outlet = 0.04 },
        Level("similarHome", 0.13, 0.07, "the same home, spelled otherwise", "même domicile, écrit autrement") with { Outlet = 0.02 },
        Level("sameStreetOtherTown", 0.04, 0.01, "the same street and number, another town", "même rue et numéro, autre ville", byFrequency: true) with { Outlet = 0.01 },
        Level("sameStreet", 0.04, 0.02, "the same street, another number", "même rue, autre numéro", byFrequency: true) with { Outlet = 0.02 },
        Level("sameTownOtherStreet", 0.08, 0.02, "the same town, another street", "même ville, autre rue", byFrequency: true) with { Outlet = 0.25 },
        Level("townPartly", 0.03, 0.01, "town or postal code the same", "ville ou code postal identique", byFrequency: true) with { Outlet = 0.05 },
        Level("sameTown", 0.85, 0.92, "the same town", "même ville", byFrequency: true) with { Outlet = 0.25, Group = 1 },
        Level("sameTownPartly", 0.1, 0.05, "town or postal code the same, no street", "ville ou code postal identique, sans rue", byFrequency: true) with { Outlet = 0.1, Group = 1 },
        Level("otherTown", 0.05, 0.03, "another town", "autre ville") with { Outlet = 0.65, Group = 1 },
        Level("differs", 0.06, 0.02, "another address", "autre adresse") with { Outlet = 0.55 },
    ];

    public static ComparisonLevel[] Phone { get; } =
    [
        Silent,
        Level("exact", 0.7, 0.5, "the same", "identique", byFrequency: true) with { Outlet = 0.05 },
        Level("typo", 0.05, 0.02, "one digit apart", "à un chiffre près") with { Outlet = 0.02 },
        Level("differs", 0.25, 0.48, "different", "différent") with { Outlet = 0.93 },
    ];

    public static ComparisonLevel[] Email { get; } =
    [
        Silent,
        Level("exact", 0.7, 0.05, "the same", "identique", byFrequency: true),
        Level("otherProvider", 0.05, 0.01, "the same name at another provider", "même nom chez un autre fournisseur", byFrequency: true),
        Level("typo", 0.07, 0.01, "a letter apart", "à une lettre près"),
        Level("differs", 0.18, 0.93, "different", "différent"),
    ];

    public static ComparisonLevel[] Identifier { get; } =
    [
        Silent,
        Level("exact", 0.85, 0, "the same", "identique", byFrequency: true),
        Level("typo", 0.1, 0, "one character apart", "à un caractère près"),
        Level("differs", 0.05, 0, "different", "différent"),
    ];

    public static ComparisonLevel[] Attribute { get; } =
    [
        Silent,
        Level("exact", 0.6, 0.5, "the same", "identique", byFrequency: true),
        Level("similar", 0.15, 0.05, "alike", "proche"),
        Level("related", 0.05, 0.05, "partly the same", "en partie identique"),
        Level("differs", 0.2, 0.4, "different", "différent"),
    ];

    public static ComparisonLevel[] Gender { get; } =
    [
        Silent,
        Level("same", 0.97, 0, "the same", "identique"),
        Level("differs", 0.03, 0, "different", "différent"),
    ];

    public static ComparisonLevel[] MiddleName { get; } =
    [
        Silent,
        Level("exact", 0.65, 0, "the same", "identique", byFrequency: true),
        Level("similar", 0.1, 0, "alike in writing or sound", "proche à l'écrit ou à l'oreille"),
        Level("initial", 0.15, 0, "an initial of the same", "initiale du même"),
        Level("differs", 0.1, 0, "different", "différent"),
    ];

    public static ComparisonLevel[] Age { get; } =
    [
        Silent,
        Level("exact", 0.6, 0, "the same", "identique", byFrequency: true),
        Level("near", 0.3, 0, "at most two years apart", "à deux ans près"),
        Level("differs", 0.1, 0, "different", "différent"),
    ];

    public static ComparisonLevel[] Generation { get; } =
    [
        Silent,
        Level("same", 0.95, 0, "the same", "identique"),
        Level("oneMissing", 0.04, 0, "only one says the younger or the elder", "une seule fiche indique père ou fils"),
        Level("differs", 0.01, 0, "elder and younger", "père et fils"),
    ];

    public static ComparisonLevel[] Company { get; } =
    [
        Silent,
        Level("same", 0.8, 0.5, "the same words", "mêmes mots", byFrequency: true),
        Level("alike", 0.1, 0.1, "alike", "proche", byFrequency: true),
        Level("differs", 0.1, 0.4, "different", "différent", byFrequency: true),
    ];

    private static ComparisonLevel Level(string name, double one, double home, string english, string french, bool byFrequency = false) =>
        new(name, one, home, byFrequency, new Bilingual(english, french));
}
