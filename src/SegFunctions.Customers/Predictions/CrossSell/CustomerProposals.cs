using SegFunctions.Learning.Explanation;

namespace SegFunctions.Customers.Predictions.CrossSell;

/// <summary>Proposals for the customers of one history, by row. Not safe for several threads: it keeps scratch arrays.</summary>
public sealed class CustomerProposals
{
    private const int ReasonsTold = 2;
    private static readonly Bilingual IsPopular = new("popular with all customers", "apprécié par l'ensemble des clients");

    private readonly CrossSellModel _model;
    private readonly ItemHistory _history;
    private readonly int[] _rankOf;
    private readonly Proposer _proposer;
    private readonly string[] _names;
    private readonly int[] _proposals;

    internal CustomerProposals(CrossSellModel model, ItemHistory history, int[] rankOf)
    {
        _model = model;
        _history = history;
        _rankOf = rankOf;
        _names = Array.ConvertAll(model.Items, item => item.Name);
        _proposals = new int[model.Report.Proposed];
        _proposer = new Proposer(model.Relations, model.Popular, model.Report.Published ? model.Trend : null, model.Report.Repeats);
    }

    /// <summary>Rows of the history.</summary>
    public int Customers => _history.Customers;

    /// <summary>What to propose to the customer of a row, the likeliest first.</summary>
    public IReadOnlyList<Suggestion> Of(int row)
    {
        var count = _proposer.Propose(_history.Of(row), _rankOf, _proposals);
        var suggestions = new Suggestion[count];
        for (var i = 0; i < count; i++)
            suggestions[i] = new Suggestion(_model.Items[_proposals[i]].Id, _names[_proposals[i]], [Reason(_proposals[i])]);
        return suggestions;
    }

    private Bilingual Reason(int rank)
    {
        var days = _proposer.DaysBought(rank);
        if (days > 0)
        {
            var number = Wording.Number((double)days);
            return days == 1
                ? new Bilingual("bought before", "déjà acheté")
                : new Bilingual($"bought on {number.En} days", $"acheté lors de {number.Fr} journées");
        }

        Span<int> reasons = stackalloc int[ReasonsTold];
        var count = _proposer.Explain(rank, reasons);
        if (count == 0)
            return IsPopular;
        var names = string.Join(", ", reasons[..count].ToArray().Select(bought => _names[bought]));
        return new Bilingual($"bought with: {names}", $"acheté avec : {names}");
    }
}
