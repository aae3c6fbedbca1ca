namespace SegFunctions.Customers.Identity.Comparing;

/// <summary>Who shares much without being one.</summary>
internal enum Kin
{
    /// <summary>The table has nothing that tells them.</summary>
    None,

    /// <summary>People of one home; how many there are is learned.</summary>
    Home,

    /// <summary>Companies of one house; how many there are is assumed, for nothing but their names tells.</summary>
    House,

    /// <summary>The same, where addresses or telephones stand beside the names: a house has several records of one name then, its shops.</summary>
    Outlets,
}
