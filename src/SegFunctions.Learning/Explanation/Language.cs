namespace SegFunctions.Learning.Explanation;

/// <summary>The languages that customers and marketers are answered in.</summary>
public enum Language
{
    English,
    French,
}
