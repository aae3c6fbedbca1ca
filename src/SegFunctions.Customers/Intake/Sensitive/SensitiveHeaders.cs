using System.Text;
using SegFunctions.Customers.Text;

namespace SegFunctions.Customers.Intake.Sensitive;

/// <summary>Recognises sensitive columns by their headers in English, French, German, Spanish, Italian and Dutch.</summary>
/// <remarks>
/// Three lists for each kind. <c>whole</c>: the header is that word. <c>within</c>: the header holds that phrase, word for word, so that "customer_religion" is found and
/// "region" is not. <c>hint</c>: a word that has innocent meanings too (a race, a union of two tables, a party, golf's handicap); it counts only when values speak for it.
/// Headers are folded, and words told apart by blanks, signs and inner capitals.
/// </remarks>
internal static class SensitiveHeaders
{
    private static readonly Phrases[] Known =
    [
        new(
            SensitiveKind.Card,
            "cvv|cvv2|cvc|cvc2|cryptogramme|prüfziffer karte",
            "credit card number|creditcard number|credit card no|debit card number|payment card number|card security code|card verification|primary account number|numéro de carte bancaire|numéro de carte de crédit|numéro de cb|cryptogramme visuel" +
            "|kreditkartennummer|kartenprüfnummer|número de tarjeta de crédito|número tarjeta crédito|numero carta di credito|numero di carta di credito|creditcardnummer",
            ""),
        new(
            SensitiveKind.BankAccount,
            "bank account|compte bancaire|bankkonto|bankverbindung|cuenta bancaria|conto corrente|conto bancario|bankrekening|rib",
            "iban|bank account number|bank account no|numéro de compte bancaire|bankkontonummer|número de cuenta bancaria|numero di conto bancario|bankrekeningnummer",
            ""),
        new(
            SensitiveKind.Secret,
            "pwd|passwd|secret|token|apikey|mdp|credentials",
            "password|passphrase|passwort|kennwort|mot de passe|motdepasse|contraseña|contrasena|wachtwoord|parola d'ordine|parola chiave|api key|secret key|private key|access token|refresh token|auth token|bearer token|security answer|réponse secrète|client secret",
            ""),
        new(
            SensitiveKind.NationalId,
            "ssn|nino|nir|dni|nie|bsn|svnr|steuer id|steuerid|sozialversicherungsnummer|aadhaar",
            "social security|soc sec|national insurance number|national id|national identity|numéro de sécurité sociale|no sécurité sociale|numéro sécu|numéro insee|steueridentifikationsnummer|steuerliche identifikationsnummer|ahv nummer|seguridad social|codice fiscale" +
            "|burgerservicenummer|sofinummer|rijksregisternummer|passport number|passport no|numéro de passeport|passnummer|reisepassnummer|ausweisnummer|personalausweisnummer|número de pasaporte|numero passaporto|numero di passaporto|paspoortnummer" +
            "|driving licence number|driving license number|driver license number|drivers license number|numéro de permis|führerscheinnummer|identity card number|carte d'identité|carta d'identità|documento de identidad|identiteitskaartnummer",
            ""),
        new(
            SensitiveKind.Health,
            "santé|gesundheit|salud|salute|gezondheid|medical|disease|illness|hiv|allergies|allergy|medication|handicapé|behinderung|ziekte|krankheit|maladie|enfermedad|malattia|pregnant|pregnancy|schwanger|zwanger|grossesse|embarazo|gravidanza|diagnosis",
            "health status|health condition|health problem|medical condition|medical history|medical record|patient diagnosis|diagnosis code|icd 10|icd10|chronic condition|chronic disease|mental health|disability|blood type|blood group|état de santé|groupe sanguin|traitement médical|allergie|allergies" +
            "|gesundheitszustand|schwerbehindert|schwerbehinderung|blutgruppe|krankheiten|estado de salud|discapacidad|grupo sanguíneo|alergias|stato di salute|disabilità|gruppo sanguigno|allergie|gezondheidstoestand|bloedgroep|arbeidsongeschikt",
            "health|condition|handicap|diagnose|diagnostic|disabled|prescription"),
        new(
            SensitiveKind.Religion,
            "faith|confession|geloof|croyance|creencia|fede",
            "religion|religious|religious belief|philosophical belief|religión|religiosa|religione|godsdienst|konfession|religionszugehörigkeit|kirchensteuer|kirchenzugehörigkeit|kirchensteuermerkmal|croyance religieuse|appartenance religieuse",
            "belief|church|denomination"),
        new(
            SensitiveKind.Ethnicity,
            "etnia|ethnie",
            "ethnicity|ethnic|ethnic origin|ethnic group|racial origin|racial|skin color|skin colour|couleur de peau|origine ethnique|ethnische herkunft|ethnizität|hautfarbe|migrationshintergrund|origen étnico|etnicidad|origen racial|origine etnica|origine razziale|etniciteit|etnische afkomst|huidskleur|migratieachtergrond",
            "race|raza|razza|rasse|ras"),
        new(
            SensitiveKind.Politics,
            "politics|politique|politik|partei|partito",
            "political|political party|party affiliation|party membership|vote intention|opinion politique|opinions politiques|parti politique|politische|parteizugehörigkeit|parteimitglied|partido político|opinión política|afiliación política|partito politico|orientamento politico|opinione politica|politieke|partijlidmaatschap",
            "party|vote|voted"),
        new(
            SensitiveKind.Union,
            "syndicat|syndiqué|gewerkschaft|sindicato|sindacato|vakbond|vakbondslid",
            "trade union|labor union|labour union|union member|union membership|appartenance syndicale|gewerkschaftsmitglied|gewerkschaftszugehörigkeit|afiliación sindical|iscrizione sindacale|vakbondslidmaatschap",
            "union"),
        new(
            SensitiveKind.Orientation,
            "sexuality|sexualité|sexualität|sexualidad|sessualità|seksualiteit",
            "sexual orientation|sexual preference|sex life|orientation sexuelle|vie sexuelle|sexuelle orientierung|orientación sexual|vida sexual|orientamento sessuale|vita sessuale|seksuele geaardheid|seksuele voorkeur|seksuele oriëntatie",
            "orientation|orientierung|orientación|orientamento|geaardheid"),
        new(
            SensitiveKind.Biometrics,
            "fingerprint|fingerprints|dna|adn|genome|genotype|fingerabdruck|vingerafdruk|empreinte digitale|empreintes digitales|huella dactilar|impronta digitale",
            "biometric|biometrics|biométrique|biometrisch|biometrische|biométrico|biometrico|genetic|génétique|genetisch|genético|genetico|faceprint|voiceprint|iris scan|retina scan|dna sample|dna test",
            ""),
    ];

    // A column about passwords is no column of passwords.
    private static readonly HashSet<string> AboutSecrets =
        ["at", "date", "count", "has", "is", "reset", "resets", "changed", "change", "updated", "expiry", "expires", "expired", "age", "days", "length", "strength", "last", "number", "type", "attempts", "failed", "enabled"];

    /// <summary>The kind that a header names beyond doubt, or null.</summary>
    public static SensitiveKind? Of(string header)
    {
        var words = Words(header);
        var key = words.Replace(" ", "", StringComparison.Ordinal);
        foreach (var phrases in Known)
        {
            if (!phrases.Whole.Contains(key) && !phrases.Within.Any(phrase => Holds(words, phrase)))
                continue;
            if (phrases.Kind == SensitiveKind.Secret && words.Split(' ').Any(AboutSecrets.Contains))
                continue;
            return phrases.Kind;
        }

        return null;
    }

    /// <summary>A header's word that may mean the kind, and may mean something else.</summary>
    public static bool Hints(string header, SensitiveKind kind)
    {
        var words = Words(header);
        return Known.Any(phrases => phrases.Kind == kind && phrases.Hints.Any(hint => Holds(words, hint)));
    }

    private static bool Holds(string words, string phrase)
    {
        var at = words.IndexOf(phrase, StringComparison.Ordinal);
        while (at >= 0)
        {
            var end = at + phrase.Length;
            if ((at == 0 || words[at - 1] == ' ') && (end == words.Length || words[end] == ' '))
                return true;
            at = words.IndexOf(phrase, at + 1, StringComparison.Ordinal);
        }

        return false;
    }

    /// <summary>"CreditCardNumber" and "credit_card_number" both give "credit card number".</summary>
    private static string Words(string header)
    {
        var spaced = new StringBuilder(header.Length + 8);
        for (var place = 0; place < header.Length; place++)
        {
            if (place > 0 && char.IsUpper(header[place]) && char.IsLower(header[place - 1]))
                spaced.Append(' ');
            spaced.Append(header[place]);
        }

        return TextFolding.Fold(spaced.ToString());
    }

    private sealed class Phrases(SensitiveKind kind, string whole, string within, string hints)
    {
        public SensitiveKind Kind { get; } = kind;

        public HashSet<string> Whole { get; } = [.. Split(whole).Select(phrase => phrase.Replace(" ", "", StringComparison.Ordinal))];

        public string[] Within { get; } = Split(within);

        public string[] Hints { get; } = Split(hints);

        private static string[] Split(string phrases) => [.. phrases.Split('|', StringSplitOptions.RemoveEmptyEntries).Select(phrase => TextFolding.Fold(phrase))];
    }
}
