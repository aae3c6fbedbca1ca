using System.Globalization;
using System.Net;
using System.Text;
using SegFunctions.App.Api;
using SegFunctions.App.Api.Privacy;
using SegFunctions.Learning.Explanation;

namespace SegFunctions.App.Privacy.Access;

/// <summary>What is held on a person, as one page to read and print. It loads nothing and runs nothing.</summary>
internal static class AccessPage
{
    private static readonly Bilingual Title = new("What we hold about you", "Ce que nous savons de vous");
    private static readonly Bilingual AsOf = new("As of", "État au");
    private static readonly Bilingual Keys = new("Your pseudonyms", "Vos pseudonymes");
    private static readonly Bilingual Identity = new("Who you are (kept encrypted)", "Qui vous êtes (conservé chiffré)");
    private static readonly Bilingual Refused = new("Rows about you that could not be used", "Lignes à votre sujet qui n'ont pas pu être utilisées");
    private static readonly Bilingual Segments = new("Groups that you are counted in, and why", "Groupes dont vous faites partie, et pourquoi");
    private static readonly Bilingual Predictions = new("What we expect of you", "Ce que nous prévoyons");
    private static readonly Bilingual Consents = new("What you allow", "Ce que vous autorisez");
    private static readonly Bilingual Audit = new("Who has looked at it", "Qui l'a consulté");
    private static readonly Bilingual Nothing = new("Nothing.", "Rien.");
    private static readonly Bilingual Yes = new("yes", "oui");
    private static readonly Bilingual No = new("no", "non");
    private static readonly Bilingual Leaving = new("Probability of no further purchase in time", "Probabilité qu'aucun achat ne suive à temps");

    private static readonly Dictionary<string, Bilingual> Datasets = new(StringComparer.Ordinal)
    {
        ["orders"] = new("Your orders", "Vos commandes"),
        ["customers"] = new("Your profile", "Votre profil"),
        ["events"] = new("What you did", "Vos actions"),
        ["messages"] = new("Messages to you", "Messages qui vous ont été envoyés"),
        ["tickets"] = new("Your requests to us", "Vos demandes au service client"),
        ["consents"] = new("Permissions as they came in", "Autorisations telles que reçues"),
        ["campaigns"] = new("Campaigns that you were part of", "Campagnes dont vous avez fait partie"),
    };

    private static readonly Dictionary<string, Bilingual> Purposes = new(StringComparer.Ordinal)
    {
        ["analytics"] = new("Figures over all customers", "Statistiques sur l'ensemble des clients"),
        ["profiling"] = new("A profile of you", "Un profil de vous"),
        ["marketing"] = new("Messages and offers to you", "Messages et offres qui vous sont adressés"),
        ["activation"] = new("Handing your data on", "Transmission de vos données"),
    };

    private static readonly Dictionary<string, Bilingual> Reasons = new(StringComparer.Ordinal)
    {
        ["granted"] = new("you allowed it", "vous l'avez autorisé"),
        ["denied"] = new("you refused it", "vous l'avez refusé"),
        ["expired"] = new("your permission has expired", "votre autorisation a expiré"),
        ["nothing said"] = new("you have said nothing", "vous n'avez rien indiqué"),
    };

    public static string Write(AccessAnswer answer, Language language)
    {
        var page = new StringBuilder();
        var lang = language == Language.French ? "fr" : "en";
        page.Append(CultureInfo.InvariantCulture, $"<!doctype html>\n<html lang=\"{lang}\"><head><meta charset=\"utf-8\">")
            .Append("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">")
            .Append(CultureInfo.InvariantCulture, $"<title>{Text(Title.In(language))}</title>")
            .Append("<style>body{font:15px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:70rem;padding:0 1rem}table{border-collapse:collapse;margin:.5rem 0 1.5rem}")
            .Append("td,th{border:1px solid #bbb;padding:.2rem .5rem;text-align:left;vertical-align:top}th{background:#eee}div{overflow-x:auto}</style></head><body>\n")
            .Append(CultureInfo.InvariantCulture, $"<h1>{Text(Title.In(language))}</h1>\n<p>{Text(AsOf.In(language))} {answer.At.UtcDateTime:yyyy-MM-dd HH:mm} UTC</p>\n");

        Heading(page, Keys.In(language));
        Table(page, language, [""], [.. answer.Keys.Select(key => new[] { key })]);
        Rows(page, language, Identity.In(language), answer.Identifiers);
        foreach (var dataset in answer.Datasets)
            Rows(page, language, Datasets[dataset.Dataset].In(language), dataset.Rows);
        Rows(page, language, Refused.In(language), answer.Refused);
        Heading(page, Segments.In(language));
        Table(page, language, ["", "", ""], [.. answer.Memberships.SelectMany(customer => customer.Memberships).Select(Row)]);
        Heading(page, Predictions.In(language));
        Table(page, language, ["", "", ""], [.. answer.Memberships.SelectMany(customer => Scores(customer, language))]);
        Heading(page, Consents.In(language));
        Table(page, language, ["", "", ""], [.. answer.Consents.Select(consent => new[]
        {
            Purposes[consent.Purpose].In(language), (consent.Allowed ? Yes : No).In(language), Reasons[consent.Because].In(language),
        })]);
        Heading(page, Audit.In(language));
        Table(page, language, ["", "", "", ""], [.. answer.Audit.Select(entry => new[] { Moment(entry.At), entry.Who, entry.What, entry.Purpose })]);
        return page.Append("</body></html>\n").ToString();
    }

    private static string[] Row(MembershipAnswer membership) => [membership.Name, Moment(membership.Since), string.Join(" ", membership.Reasons)];

    private static IEnumerable<string[]> Scores(CustomerAnswer customer, Language language)
    {
        if (customer.Scores.Churn is { } churn)
            yield return [Leaving.In(language), churn.Probability?.ToString("0.00", CultureInfo.InvariantCulture) ?? "–", string.Join(" ", churn.Reasons)];
    }

    private static string Moment(DateTimeOffset moment) => moment.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    private static void Rows(StringBuilder page, Language language, string heading, IReadOnlyList<HeldRow> rows)
    {
        Heading(page, heading);
        string[] columns = [.. rows.SelectMany(row => row.Values.Select(value => value.Key)).Distinct(StringComparer.Ordinal)];
        Table(page, language, columns, [.. rows.Select(row => columns.Select(column => row.Values[column]?.ToString() ?? "").ToArray())]);
    }

    private static void Heading(StringBuilder page, string text) => page.Append(CultureInfo.InvariantCulture, $"<h2>{Text(text)}</h2>\n");

    private static void Table(StringBuilder page, Language language, IReadOnlyList<string> columns, IReadOnlyList<string[]> rows)
    {
        if (rows.Count == 0)
        {
            page.Append(CultureInfo.InvariantCulture, $"<p>{Text(Nothing.In(language))}</p>\n");
            return;
        }

        page.Append("<div><table>\n");
        if (columns.Any(column => column.Length > 0))
            page.Append("<tr>").AppendJoin("", columns.Select(column => $"<th>{Text(column)}</th>")).Append("</tr>\n");
        foreach (var row in rows)
            page.Append("<tr>").AppendJoin("", row.Select(cell => $"<td>{Text(cell)}</td>")).Append("</tr>\n");
        page.Append("</table></div>\n");
    }

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
