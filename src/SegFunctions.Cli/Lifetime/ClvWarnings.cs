using SegFunctions.Customers.Predictions.Lifetime;
using SegFunctions.Learning.Explanation;
using SegFunctions.Learning.Lifetime;

namespace SegFunctions.Cli.Lifetime;

/// <summary>What a person should know before using the figures.</summary>
internal static class ClvWarnings
{
    // Shops close for holidays; a month is no holiday.
    private const int NotableSilenceDays = 30;

    // Of the time before it.
    private const double NotableSilenceShare = 0.1;

    public static IReadOnlyList<Bilingual> Of(PurchaseFile orders, ObservedPurchases observed, PurchaseFit purchases, SpendFit? spend, RepeatCountFit suits)
    {
        var warnings = new List<Bilingual>();
        warnings.AddRange(orders.Refused.Select(refused => Refused(refused, orders.Columns)));
        var columns = orders.Columns;
        if (columns.Guessed)
        {
            warnings.Add(new Bilingual(
                $"Columns were told by their values: customer '{columns.Customer}', date '{columns.Date}'{(columns.Amount is null ? "" : $", amount '{columns.Amount}'")}. Name them with --customer, --date and --amount if they are others.",
                $"Les colonnes ont été reconnues à leurs valeurs : client « {columns.Customer} », date « {columns.Date} »{(columns.Amount is null ? "" : $", montant « {columns.Amount} »")}. Nommez-les avec --customer, --date et --amount si ce sont d’autres."));
        }

        if (columns.DayOrderOpen is { } open)
        {
            warnings.Add(new Bilingual(
                $"Dates of column '{columns.Date}' are taken day first: {open}. Write them as 2024-01-31 if the month comes first.",
                $"Les dates de la colonne « {columns.Date} » sont lues jour d’abord, mais le mois pourrait venir en premier. Écrivez-les comme 2024-01-31 si c’est le cas."));
        }

        if (columns.Amount is null)
        {
            warnings.Add(new Bilingual(
                "No column of amounts was found, so there is no value: clv is empty. Name one with --amount.",
                "Aucune colonne de montants n’a été trouvée : pas de valeur, clv est vide. Nommez-en une avec --amount."));
        }

        if (SilenceOf(orders, observed) is { } silence)
            warnings.Add(silence);
        if (observed.NotYet > 0)
        {
            warnings.Add(new Bilingual(
                $"{Wording.Number((double)observed.NotYet).En} {(observed.NotYet == 1 ? "customer" : "customers")} with a first order after {ClvWords.Day(observed.EndDay)} left out.",
                $"{Wording.Number((double)observed.NotYet).Fr} {(observed.NotYet == 1 ? "client" : "clients")} dont la première commande suit le {ClvWords.Day(observed.EndDay)}, hors du calcul."));
        }

        if (!purchases.Identifiable || !purchases.Converged)
            warnings.Add(purchases.Outcome);
        warnings.AddRange(purchases.Warnings);
        if (suits.Warning is { } poor)
            warnings.Add(poor);
        if (spend is { Model: null } || spend is { Converged: false })
            warnings.Add(spend.Outcome);
        warnings.AddRange(spend?.Warnings ?? []);
        return warnings;
    }

    /// <summary>An end of observation that lies far from the orders makes everybody look gone.</summary>
    private static Bilingual? SilenceOf(PurchaseFile orders, ObservedPurchases observed)
    {
        var (end, last) = (observed.EndDay, observed.LastOrderDay);
        if (orders.Log.LastDay < end)
        {
            return end - last <= NotableSilenceDays ? null : new Bilingual(
                $"Nobody ordered in the {Wording.Days(end - last).En} from {ClvWords.Day(last)} to --calibration-end {ClvWords.Day(end)}: that counts as silence of every customer. Name {ClvWords.Day(last)} if the file just ends there.",
                $"Personne n’a commandé pendant les {Wording.Days(end - last).Fr} du {ClvWords.Day(last)} au --calibration-end {ClvWords.Day(end)} : cela compte comme un silence de chaque client. Indiquez {ClvWords.Day(last)} si le fichier s’arrête simplement là.");
        }

        var before = observed.OrderDayBefore(last);
        return before is null || last - before <= Math.Max(NotableSilenceDays, NotableSilenceShare * (before.Value - observed.FirstDay)) ? null : new Bilingual(
            $"The last order is dated {ClvWords.Day(last)}, {Wording.Days(last - before.Value).En} after all others: every customer counts as silent until then. If that date is wrong, correct it or name --calibration-end {ClvWords.Day(before.Value)}.",
            $"La dernière commande est datée du {ClvWords.Day(last)}, {Wording.Days(last - before.Value).Fr} après toutes les autres : chaque client compte comme silencieux jusque-là. Si cette date est fausse, corrigez-la ou indiquez --calibration-end {ClvWords.Day(before.Value)}.");
    }

    /// <summary>Lines that were refused for one reason, with the first few of them and the cure.</summary>
    public static Bilingual Refused(RefusedOrders refused, PurchaseColumns columns)
    {
        var one = refused.Count == 1;
        var (en, fr) = refused.Reason switch
        {
            RefusedOrder.Broken => ("broken, or with too few fields", "abîmées ou trop courtes"),
            RefusedOrder.NoCustomer => ($"without a customer in column '{columns.Customer}'", $"sans client dans la colonne « {columns.Customer} »"),
            RefusedOrder.NoDate => ($"without a readable date in column '{columns.Date}'", $"sans date lisible dans la colonne « {columns.Date} »"),
            RefusedOrder.NoAmount => ($"without a readable amount in column '{columns.Amount}'", $"sans montant lisible dans la colonne « {columns.Amount} »"),
            _ => ("with a negative amount (a return is no order)", "au montant négatif (un retour n’est pas une commande)"),
        };
        var (linesEn, linesFr) = (Lines("line", "'", "'"), Lines("ligne", "« ", " »"));
        return new Bilingual(
            $"{Wording.Number((double)refused.Count).En} {(one ? "line" : "lines")} not counted, {en}: {linesEn}.",
            $"{Wording.Number((double)refused.Count).Fr} {(one ? "ligne" : "lignes")} hors du compte, {fr} : {linesFr}.");

        string Lines(string line, string open, string close) =>
            string.Join(", ", refused.First.Select(first => first.Text.Length == 0 ? $"{line} {first.Line}" : $"{line} {first.Line} {open}{first.Text}{close}")) + (refused.Count > refused.First.Count ? ", …" : "");
    }
}
