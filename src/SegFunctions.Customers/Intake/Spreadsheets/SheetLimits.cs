namespace SegFunctions.Customers.Intake.Spreadsheets;

/// <summary>What a sheet may hold (ECMA-376, and "Excel specifications and limits"); what says more is damaged.</summary>
internal static class SheetLimits
{
    public const int Rows = 1 << 20;

    public const int Columns = 1 << 14;

    /// <summary>Bytes of the longest tag, or of the longest text between two.</summary>
    public const int XmlPiece = 1 << 20;

    /// <summary>Elements within elements.</summary>
    public const int XmlDepth = 64;
}
