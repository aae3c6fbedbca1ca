namespace SegFunctions.Customers.Identity.Companies;

/// <summary>Of which classes each of two names has words that the other has not.</summary>
internal sealed class MissingWords
{
    private const int ClassCount = (int)CompanyTokenClass.Filler + 1;

    public bool[] Left { get; } = new bool[ClassCount];

    public bool[] Right { get; } = new bool[ClassCount];

    /// <summary>Whether the left name alone has a country in it, which names a branch more surely than a town does.</summary>
    public bool LeftCountry { get; set; }

    public bool RightCountry { get; set; }

    /// <summary>Whether each name has a word of the first class or of the second, and not both names of the second alone.</summary>
    public bool Crossed(CompanyTokenClass first, CompanyTokenClass second) =>
        (Left[(int)first] && (Right[(int)first] || Right[(int)second])) || (Right[(int)first] && Left[(int)second]);

    public bool Both(CompanyTokenClass kind) => Left[(int)kind] && Right[(int)kind];
}
