namespace Overmind;

/// <summary>Names the assembly that carries the migrations and routines.</summary>
static class AssemblyMarker;
