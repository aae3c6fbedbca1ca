namespace SegFunctions.Customers.Identity.Blocking;

/// <summary>One thing that records of one person often share, as a hash; alone or with others it makes a blocking key.</summary>
internal readonly record struct Atom(ulong Hash, AtomKind Kind);

/// <summary>What an atom is, which decides with what it combines.</summary>
internal enum AtomKind : byte
{
    /// <summary>Sound of a given or family name: not told apart, for they are exchanged at times.</summary>
    Name,
    Date,
    Dwelling,
    Place,

    /// <summary>E-mail, telephone, identifier: rare enough alone, or worthless.</summary>
    Alone,

    /// <summary>A value of an attribute.</summary>
    Attribute,

    /// <summary>Some letters of a name or text; combines with its like only.</summary>
    Gram,
}
