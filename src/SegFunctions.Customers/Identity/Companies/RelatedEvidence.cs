namespace SegFunctions.Customers.Identity.Companies;

/// <summary>What two names say about being one company rather than two of one house: mother, sister, branch.</summary>
/// <remarks>
/// Houses name their companies after themselves and tell them apart by a word, a place, a number or another legal form; one company
/// spelled twice loses such a part seldom. The shares of houses are assumptions, for no table says which companies are related.
/// </remarks>
internal static class RelatedEvidence
{
    // Of two companies of one house, so many are told apart by such a part.
    private const double ByName = 0.7;
    private const double ByTrade = 0.4;
    private const double ByCountry = 0.5;
    private const double ByTown = 0.05;
    private const double ByNumber = 0.5;
    private const double ByShape = 0.4;
    private const double ByForm = 0.3;

    // And so many by nothing that the name holds: the same name in another town.
    private const double ByNothing = 0.02;

    // Of two spellings of one company, so many lack such a part in one.
    private const double CountryLost = 0.03;
    private const double TownLost = 0.1;
    private const double NumberLost = 0.02;
    private const double ShapeLost = 0.1;

    // Words of trade are left out more readily than names.
    private const double TradeLostMore = 2;

    /// <summary>In nats.</summary>
    public static double Of(WordPairing pairing, FormAgreement form, WordRates rates)
    {
        var missing = pairing.Missing;
        var weight = 0.0;
        var isSame = true;
        for (var side = 0; side < 2; side++)
        {
            var classes = side == 0 ? missing.Left : missing.Right;
            if (classes[(int)CompanyTokenClass.Core])
                Add(pairing.LacksName ? rates.Dropped / ByName : Math.Min(ByTrade, TradeLostMore * rates.Dropped) / ByTrade);
            if (side == 0 ? missing.LeftCountry : missing.RightCountry)
                Add(CountryLost / ByCountry);
            else if (classes[(int)CompanyTokenClass.Place])
                Add(TownLost / ByTown);
            if (classes[(int)CompanyTokenClass.Number])
                Add(NumberLost / ByNumber);
            if (classes[(int)CompanyTokenClass.Descriptor])
                Add(ShapeLost / ByShape);
        }

        switch (form)
        {
            case FormAgreement.Different:
                weight += Math.Log(Math.Min(1, rates.FormChanged / ByForm));
                break;
            case FormAgreement.Alike:
                weight += Math.Log(Math.Min(1, rates.FormAlike / ByForm));
                break;
            default:
                break;
        }

        return isSame ? weight - Math.Log(ByNothing) : weight;

        void Add(double ratio)
        {
            weight += Math.Log(ratio);
            isSame = false;
        }
    }
}
