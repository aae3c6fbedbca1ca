using SegFunctions.Customers.Text;

namespace SegFunctions.Customers.Intake.Sensitive;

/// <summary>Recognises special categories of personal data (GDPR, article 9) by the words that a column holds.</summary>
/// <remarks>
/// A column of few words is taken for a kind when at least four fifths of its words (neutral ones such as "other" aside) belong to the kind, two of them
/// beyond doubt. Words with innocent meanings (white, labour, straight) count for a column that holds others too, or whose header hints at the kind.
/// </remarks>
internal static class SensitiveWords
{
    private static readonly HashSet<string> Neutral = Words(
        "other|others|none|unknown|not known|not stated|prefer not to say|na|n a|no|yes|y|n|false|true|autre|autres|aucun|aucune|inconnu|non|oui|andere|anderes|keine|keiner|unbekannt|sonstige|nein|ja|otro|otra|ninguno|ninguna|desconocido|si|altro|altra|nessuno|nessuna|sconosciuto|anders|geen|onbekend|nee|refused|declined");

    private static readonly (SensitiveKind Kind, HashSet<string> Clear, HashSet<string> Doubtful)[] Known =
    [
        (SensitiveKind.Religion,
            Words("christian|christianity|catholic|roman catholic|catholicism|protestant|protestantism|anglican|lutheran|methodist|baptist|evangelical|greek orthodox|russian orthodox|muslim|moslem|islam|jewish|judaism|hindu|hinduism|buddhist|buddhism|sikh|sikhism|jain|mormon|jehovahs witness|jehovah s witness|atheist|agnostic" +
                "|chrétien|chrétienne|catholique|protestante|musulman|musulmane|juif|juive|hindou|bouddhiste|athée|agnostique|christlich|katholisch|römisch katholisch|evangelisch|muslimisch|islamisch|jüdisch|hinduistisch|buddhistisch|konfessionslos|ohne bekenntnis" +
                "|cristiano|cristiana|católico|católica|judío|judía|budista|ateo|atea|agnóstico|cattolico|cattolica|protestanti|musulmano|musulmana|ebreo|ebrea|induista|buddista|katholiek|rooms katholiek|protestants|gereformeerd|joods|hindoe|boeddhist"),
            Words("orthodox|orthodoxe|ortodosso|ortodoxo|ev|rk|free church|spiritual|pagan|lds")),
        (SensitiveKind.Ethnicity,
            Words("caucasian|african american|hispanic|latino|latina|latinx|hispanic or latino|native american|american indian|alaska native|pacific islander|native hawaiian|black african|black caribbean|white british|white irish|white other|black or african american|white and black african|arab|roma|romani|south asian|east asian|biracial|multiracial|afro caribbean|métis|maghrébin|caucasien|kaukasisch|mestizo|gitano|caucasico"),
            Words("white|black|asian|mixed|indian|chinese|pakistani|bangladeshi|brown|indigenous|african|european|middle eastern|blanc|noir|weiß|schwarz|blanco|negro|bianco|nero|wit|zwart|asiatique|asiatisch|asiático|asiatico|aziatisch")),
        (SensitiveKind.Politics,
            Words("democrat|republican|libertarian|labour party|conservative party|liberal democrat|liberal democrats|green party|ukip|reform uk|plaid cymru|snp|tory|cdu|csu|cdu csu|spd|fdp|afd|die linke|bündnis 90 die grünen|die grünen|bsw|rassemblement national|les républicains|parti socialiste|lfi|la france insoumise|eelv|psoe|partido popular|podemos|ciudadanos|fratelli d italia|forza italia|partito democratico|movimento 5 stelle|lega nord|vvd|pvv|d66|groenlinks|pvda|cda"),
            Words("labour|conservative|liberal|green|greens|independent|left|right|centre|center|vox|sumar|lega|renaissance|modem|links|rechts|socialist|communist")),
        (SensitiveKind.Orientation,
            Words("heterosexual|homosexual|bisexual|lesbian|pansexual|asexual|hétérosexuel|hétérosexuelle|homosexuel|homosexuelle|bisexuel|bisexuelle|lesbienne|heterosexuell|homosexuell|bisexuell|lesbisch|schwul|bisexualidad|lesbiana|eterosessuale|omosessuale|bisessuale|lesbica|heteroseksueel|homoseksueel|biseksueel"),
            Words("straight|gay|hetero|homo|bi|queer")),
        (SensitiveKind.Health,
            Words("diabetes|type 1 diabetes|type 2 diabetes|diabetic|asthma|cancer|breast cancer|hypertension|high blood pressure|depression|epilepsy|arthritis|hiv|hiv positive|aids|copd|obesity|alzheimer|alzheimers|dementia|schizophrenia|bipolar disorder|multiple sclerosis|parkinson|heart disease|stroke|diabète|diabétique|asthme|hypertension artérielle|dépression|épilepsie|sclérose en plaques|démence|zuckerkrankheit|asthmatisch|bluthochdruck|krebs|depressionen|epilepsie|demenz|adipositas|hipertensión|depresión|epilepsia|cáncer|diabete|ipertensione|depressione|tumore|epilessia|suikerziekte|kanker|hoge bloeddruk|depressie|dementie"),
            Words("healthy|migraine|anxiety|pregnant|allergy|asma|allergie|obese|smoker|non smoker|disabled")),
        (SensitiveKind.Union,
            Words("ver di|ig metall|ig bce|cgt|cfdt|cfe cgc|force ouvrière|ugt|ccoo|cgil|cisl|fnv|cnv|afl cio|teamsters|unite the union|gmb union"),
            Words("unison|unite|gmb|uil|member|non member|seiu|afscme")),
    ];

    private static readonly HashSet<string> BloodGroups = new(StringComparer.OrdinalIgnoreCase) { "a+", "a-", "b+", "b-", "ab+", "ab-", "o+", "o-", "0+", "0-" };

    /// <summary>The kind of personal data that a column of these words holds, or null.</summary>
    /// <param name="words">All distinct values of the column.</param>
    /// <param name="header">Its header; a hint in it lets words of double meaning count.</param>
    public static SensitiveKind? Of(IReadOnlyCollection<string> words, string header)
    {
        if (words.Count >= 3 && words.All(BloodGroups.Contains) && words.Any(word => word.Length == 3 || word[0] is 'o' or 'O' or '0'))
            return SensitiveKind.Health;
        var telling = words.Select(word => TextFolding.Fold(word)).Where(word => word.Length > 0 && !Neutral.Contains(word)).Distinct(StringComparer.Ordinal).ToList();
        if (telling.Count == 0)
            return null;
        foreach (var (kind, clear, doubtful) in Known)
        {
            var sure = telling.Count(clear.Contains);
            var maybe = telling.Count(doubtful.Contains);
            if (5 * (sure + maybe) >= 4 * telling.Count && (sure >= 2 || (sure + maybe >= 2 && SensitiveHeaders.Hints(header, kind))))
                return kind;
        }

        return null;
    }

    private static HashSet<string> Words(string words) => [.. words.Split('|').Select(word => TextFolding.Fold(word))];
}
