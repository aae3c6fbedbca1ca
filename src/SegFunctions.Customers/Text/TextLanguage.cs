namespace SegFunctions.Customers.Text;

/// <summary>Languages that people are written to.</summary>
public enum TextLanguage
{
    English,
    French,
}
